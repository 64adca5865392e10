package main

import (
	"context"
	"fmt"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	applycorev1 "k8s.io/client-go/applyconfigurations/core/v1"
)

// applies: server-side apply with the generated types, and with the dynamic client.
func applies(ctx context.Context, c clients) error {
	maps := c.typed.CoreV1().ConfigMaps(namespace)
	one := metav1.ApplyOptions{FieldManager: "one"}
	two := metav1.ApplyOptions{FieldManager: "two"}
	wanted := applycorev1.ConfigMap("applied", namespace).WithData(map[string]string{"a": "1", "b": "2"})
	made, err := maps.Apply(ctx, wanted, one)
	step("apply", made.Data, err)
	other := applycorev1.ConfigMap("applied", namespace).WithData(map[string]string{"a": "other"})
	_, err = maps.Apply(ctx, other, two)
	step("apply against the owner", apierrors.IsConflict(err), err)
	two.Force = true
	made, err = maps.Apply(ctx, other, two)
	step("apply with force", made.Data, err)
	owned, err := applycorev1.ExtractConfigMap(made, "one")
	step("what is left to the first", owned.Data, err)
	// What nobody owns any more goes.
	made, err = maps.Apply(ctx, applycorev1.ConfigMap("applied", namespace), one)
	step("apply of nothing", fmt.Sprint(made.Data, len(made.ManagedFields)), err)
	site := website("applied", "by apply")
	applied, err := c.dynamic.Resource(websites).Namespace(namespace).Apply(ctx, "applied", site, one)
	step("apply of a website", applied.GetGeneration(), err)
	return nil
}
