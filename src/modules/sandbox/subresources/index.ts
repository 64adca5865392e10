/** Parts of an object that a POST of another kind acts on. */
export { isPosted, postedKind, postedPlace, postPart } from './posted';
