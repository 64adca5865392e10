package main

import (
	"context"
	"fmt"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/dynamic/dynamicinformer"
	typedinformers "k8s.io/client-go/informers"
	"k8s.io/client-go/tools/cache"
)

var websites = schema.GroupVersionResource{Group: "demo.orkestra.io", Version: "v1", Resource: "websites"}

func eventually(ctx context.Context, what string, isSo func() bool) error {
	for end := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		if isSo() {
			return nil
		}
		if time.Now().After(end) || ctx.Err() != nil {
			return fmt.Errorf("not so: %s", what)
		}
	}
}

// told collects what the handlers of an informer were called with.
func told(informer cache.SharedIndexInformer, show func(any) string) (chan string, error) {
	lines := make(chan string, 100)
	_, err := informer.AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc:    func(object any) { lines <- "added " + show(object) },
		UpdateFunc: func(_, object any) { lines <- "updated " + show(object) },
		DeleteFunc: func(object any) { lines <- "deleted " + show(object) },
	})
	return lines, err
}

func next(what string, lines chan string) error {
	select {
	case line := <-lines:
		step(what, line, nil)
		return nil
	case <-time.After(patience):
		return fmt.Errorf("%s: nothing was told", what)
	}
}

func website(name, message string) *unstructured.Unstructured {
	return &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "demo.orkestra.io/v1",
		"kind":       "Website",
		"metadata":   map[string]any{"name": name},
		"spec":       map[string]any{"image": "nginx:1.27", "message": message},
	}}
}

// informers: one of custom resources by the dynamic client, one of ConfigMaps in protobuf.
func informers(ctx context.Context, c clients) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	sites := c.dynamic.Resource(websites).Namespace(namespace)
	if _, err := sites.Create(ctx, website("early", "x"), metav1.CreateOptions{}); err != nil {
		return err
	}
	factory := dynamicinformer.NewFilteredDynamicSharedInformerFactory(c.dynamic, 0, namespace, nil)
	informer := factory.ForResource(websites).Informer()
	lines, err := told(informer, func(object any) string {
		site := object.(*unstructured.Unstructured)
		message, _, _ := unstructured.NestedString(site.Object, "spec", "message")
		return site.GetName() + " " + message
	})
	if err != nil {
		return err
	}
	factory.Start(ctx.Done())
	step("dynamic informer", factory.WaitForCacheSync(ctx.Done())[websites], nil)
	late, err := sites.Create(ctx, website("late", "y"), metav1.CreateOptions{})
	if err != nil {
		return err
	}
	if err := unstructured.SetNestedField(late.Object, "z", "spec", "message"); err != nil {
		return err
	}
	for _, act := range []func() error{
		func() error { return nil },
		func() error { return nil },
		func() error { _, err := sites.Update(ctx, late, metav1.UpdateOptions{}); return err },
		func() error { return sites.Delete(ctx, "early", metav1.DeleteOptions{}) },
	} {
		if err := act(); err != nil {
			return err
		}
		if err := next("website", lines); err != nil {
			return err
		}
	}

	typed := typedinformers.NewSharedInformerFactoryWithOptions(c.typed, 0, typedinformers.WithNamespace(namespace),
		typedinformers.WithTweakListOptions(func(options *metav1.ListOptions) { options.LabelSelector = "watched=yes" }))
	maps := typed.Core().V1().ConfigMaps().Informer()
	lines, err = told(maps, func(object any) string {
		found := object.(*corev1.ConfigMap)
		return fmt.Sprint(found.Name, found.Data)
	})
	if err != nil {
		return err
	}
	typed.Start(ctx.Done())
	step("typed informer", cache.WaitForCacheSync(ctx.Done(), maps.HasSynced), nil)
	watched := configMap("watched", map[string]string{"n": "1"})
	watched.Labels["watched"] = "yes"
	write := c.typed.CoreV1().ConfigMaps(namespace)
	if watched, err = write.Create(ctx, watched, metav1.CreateOptions{}); err != nil {
		return err
	}
	if err := next("configmap", lines); err != nil {
		return err
	}
	// It leaves the selector: deleted, for who watches.
	watched.Labels["watched"] = "no"
	if _, err = write.Update(ctx, watched, metav1.UpdateOptions{}); err != nil {
		return err
	}
	return next("configmap", lines)
}
