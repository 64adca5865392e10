// Prints vectors for the protobuf decoder of the sandbox: one line of JSON for each, with the bytes that Go clients send
// (base64) and the JSON that the same object is written as. Every kind of the built-in groups: empty, with every field
// set, and with about half of them set.
package main

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"reflect"
	"sort"
	"strings"
	"time"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer/protobuf"
	"k8s.io/apimachinery/pkg/util/intstr"
	"k8s.io/client-go/kubernetes/scheme"
	aggregator "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"
)

// Schemas hold schemas.
const maxDepth = 12

type vector struct {
	APIVersion string          `json:"apiVersion"`
	Kind       string          `json:"kind"`
	What       string          `json:"what"`
	Protobuf   []byte          `json:"protobuf"`
	JSON       json.RawMessage `json:"json"`
}

// filler sets fields to values that are told apart, each with this chance.
type filler struct {
	random *rand.Rand
	chance float64
	count  int64
}

func (f *filler) next() int64 {
	f.count++
	return f.count
}

func (f *filler) fill(v reflect.Value, depth int) {
	if f.special(v, depth) {
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("s%d", f.next()))
	case reflect.Bool:
		v.SetBool(f.random.Intn(3) > 0)
	case reflect.Int, reflect.Int32, reflect.Int64:
		// Zero and negative numbers as well.
		v.SetInt([]int64{0, -1, f.next(), f.next() * 1_000_003}[f.random.Intn(4)])
	case reflect.Float64:
		v.SetFloat(float64(f.next()) + 0.5)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem(), depth+1)
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			v.SetBytes([]byte{0xff, byte(f.next()), 0})
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), 1+f.random.Intn(2), 2))
		for i := range v.Len() {
			f.fill(v.Index(i), depth+1)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range 1 + f.random.Intn(2) {
			key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			f.fill(key, depth+1)
			f.fill(value, depth+1)
			v.SetMapIndex(key, value)
		}
	case reflect.Struct:
		if depth > maxDepth {
			return
		}
		for i := range v.NumField() {
			// What a body is says its envelope; objects in objects say it nowhere.
			if v.Type().Field(i).Type == reflect.TypeOf(metav1.TypeMeta{}) || f.random.Float64() > f.chance {
				continue
			}
			f.fill(v.Field(i), depth+1)
		}
	default:
		panic(fmt.Sprintf("a value of type %s", v.Type()))
	}
}

// special fills types with a form of their own.
func (f *filler) special(v reflect.Value, depth int) bool {
	switch value := v.Addr().Interface().(type) {
	case *metav1.Time:
		*value = metav1.NewTime(time.Unix(1_700_000_000+f.next(), 0))
	case *metav1.MicroTime:
		*value = metav1.NewMicroTime(time.Unix(1_700_000_000+f.next(), f.next()*1_000))
	case *resource.Quantity:
		*value = resource.MustParse(fmt.Sprintf("%d%s", f.next(), []string{"", "m", "Mi", "G"}[f.random.Intn(4)]))
	case *intstr.IntOrString:
		*value = []intstr.IntOrString{intstr.FromInt32(int32(f.next())), intstr.FromString(fmt.Sprintf("%d%%", f.next()))}[f.random.Intn(2)]
	case *runtime.RawExtension:
		value.Raw = []byte(fmt.Sprintf(`{"raw":%d}`, f.next()))
	case *metav1.FieldsV1:
		value.Raw = []byte(fmt.Sprintf(`{"f:spec":{"f:n%d":{}}}`, f.next()))
	case *apiextensions.JSON:
		value.Raw = []byte([]string{`"text"`, `[1,{"a":null}]`, `false`}[f.random.Intn(3)])
	case *apiextensions.JSONSchemaPropsOrBool:
		value.Allows = true
		if f.random.Intn(2) > 0 {
			f.schema(&value.Schema, depth)
		}
	case *apiextensions.JSONSchemaPropsOrArray:
		if f.random.Intn(2) > 0 {
			value.JSONSchemas = make([]apiextensions.JSONSchemaProps, 1)
			f.fill(reflect.ValueOf(&value.JSONSchemas[0]).Elem(), depth+1)
		} else {
			f.schema(&value.Schema, depth)
		}
	case *apiextensions.JSONSchemaPropsOrStringArray:
		if f.random.Intn(2) > 0 {
			value.Property = []string{"a", "b"}
		} else {
			f.schema(&value.Schema, depth)
		}
	default:
		return false
	}
	return true
}

func (f *filler) schema(at **apiextensions.JSONSchemaProps, depth int) {
	*at = &apiextensions.JSONSchemaProps{}
	f.fill(reflect.ValueOf(*at).Elem(), depth+1)
}

func sent(kind schema.GroupVersionKind) bool {
	isServed := kind.Version == "v1" || kind.Version == "v2"
	isAnswer := strings.HasSuffix(kind.Kind, "List") || strings.HasSuffix(kind.Kind, "Options") || kind.Kind == "WatchEvent"
	return isServed && !isAnswer && kind.Kind != "Status" && kind.Kind != "APIGroup" && kind.Kind != "APIVersions"
}

func main() {
	all := scheme.Scheme
	for _, add := range []func(*runtime.Scheme) error{apiextensions.AddToScheme, aggregator.AddToScheme} {
		if err := add(all); err != nil {
			panic(err)
		}
	}
	kinds := []schema.GroupVersionKind{{Version: "v1", Kind: "DeleteOptions"}}
	for kind := range all.AllKnownTypes() {
		if sent(kind) && !strings.HasPrefix(kind.Group, "internal") {
			kinds = append(kinds, kind)
		}
	}
	sort.Slice(kinds, func(i, j int) bool { return kinds[i].String() < kinds[j].String() })
	encoder := protobuf.NewSerializer(all, all)
	random := rand.New(rand.NewSource(1))
	out := json.NewEncoder(os.Stdout)
	for _, kind := range kinds {
		for _, form := range []struct {
			what   string
			chance float64
		}{{"empty", 0}, {"full", 1}, {"half", 0.5}} {
			object, err := all.New(kind)
			if err != nil {
				panic(err)
			}
			chance := form.chance
			// All of a schema that holds all of a schema would not end.
			if kind.Kind == "CustomResourceDefinition" && chance == 1 {
				chance = 0.8
			}
			f := filler{random: random, chance: chance}
			f.fill(reflect.ValueOf(object).Elem(), 0)
			object.GetObjectKind().SetGroupVersionKind(kind)
			written, err := runtime.Encode(encoder, object)
			if err != nil {
				panic(fmt.Errorf("%s: %w", kind, err))
			}
			text, err := json.Marshal(object)
			if err != nil {
				panic(fmt.Errorf("%s: %w", kind, err))
			}
			apiVersion, name := kind.ToAPIVersionAndKind()
			if err := out.Encode(vector{apiVersion, name, form.what, written, text}); err != nil {
				panic(err)
			}
		}
	}
}
