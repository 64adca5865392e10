export { parseQuantity, quantityEquals } from './quantity';
