package main

import (
	"context"
	"fmt"

	appsv1 "k8s.io/api/apps/v1"
	authorizationv1 "k8s.io/api/authorization/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/intstr"
	"k8s.io/client-go/util/retry"
)

func configMap(name string, data map[string]string) *corev1.ConfigMap {
	return &corev1.ConfigMap{
		ObjectMeta: metav1.ObjectMeta{Name: name, Labels: map[string]string{"app": "go"}},
		Data:       data,
	}
}

func typedVerbs(ctx context.Context, c clients) error {
	space := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: namespace}}
	made, err := c.typed.CoreV1().Namespaces().Create(ctx, space, metav1.CreateOptions{})
	if err != nil {
		return err
	}
	step("namespace", made.Spec.Finalizers, err)

	maps := c.typed.CoreV1().ConfigMaps(namespace)
	a, err := maps.Create(ctx, configMap("a", map[string]string{"k": "v"}), metav1.CreateOptions{})
	step("create", a.Data, err)
	_, err = maps.Create(ctx, configMap("a", nil), metav1.CreateOptions{})
	step("create again", apierrors.IsAlreadyExists(err), err)
	_, err = maps.Create(ctx, configMap("Not_A_Name", nil), metav1.CreateOptions{})
	step("create with a wrong name", apierrors.IsInvalid(err), err)
	old := a.DeepCopy()
	a.Data["k"] = "w"
	a.BinaryData = map[string][]byte{"b": {0xff, 0}}
	a, err = maps.Update(ctx, a, metav1.UpdateOptions{})
	step("update", fmt.Sprint(a.Data, a.BinaryData), err)
	old.Data["k"] = "lost"
	_, err = maps.Update(ctx, old, metav1.UpdateOptions{})
	step("update of an old version", apierrors.IsConflict(err), err)
	for _, patch := range []struct {
		kind types.PatchType
		body string
	}{
		{types.MergePatchType, `{"data":{"m":"1"}}`},
		{types.StrategicMergePatchType, `{"data":{"s":"2"}}`},
		{types.JSONPatchType, `[{"op":"remove","path":"/data/k"}]`},
	} {
		a, err = maps.Patch(ctx, "a", patch.kind, []byte(patch.body), metav1.PatchOptions{})
		step(string(patch.kind), a.Data, err)
	}
	_, err = maps.Get(ctx, "nobody", metav1.GetOptions{})
	step("get what is not there", apierrors.IsNotFound(err), err)
	for _, name := range []string{"b", "c"} {
		if _, err = maps.Create(ctx, configMap(name, nil), metav1.CreateOptions{}); err != nil {
			return err
		}
	}
	list, err := maps.List(ctx, metav1.ListOptions{LabelSelector: "app=go", Limit: 2})
	if err != nil {
		return err
	}
	step("list two", len(list.Items), nil)
	list, err = maps.List(ctx, metav1.ListOptions{LabelSelector: "app=go", Limit: 2, Continue: list.Continue})
	if err != nil {
		return err
	}
	step("list the rest", fmt.Sprint(len(list.Items), list.Items[0].Name), err)
	wrong := types.UID("wrong")
	err = maps.Delete(ctx, "a", metav1.DeleteOptions{Preconditions: &metav1.Preconditions{UID: &wrong}})
	step("delete another one", nil, hideUID(err, string(a.UID)))
	background := metav1.DeletePropagationBackground
	err = maps.Delete(ctx, "a", metav1.DeleteOptions{PropagationPolicy: &background})
	step("delete", "done", err)
	err = maps.DeleteCollection(ctx, metav1.DeleteOptions{}, metav1.ListOptions{LabelSelector: "app=go"})
	step("delete the rest", "done", err)
	return workloads(ctx, c)
}

func hideUID(err error, uid string) error {
	if apierrors.IsConflict(err) && uid != "" {
		return fmt.Errorf("a conflict")
	}
	return err
}

func workloads(ctx context.Context, c clients) error {
	replicas := int32(2)
	labels := map[string]string{"app": "web"}
	limit := resource.MustParse("0.5")
	spec := appsv1.DeploymentSpec{
		Replicas: &replicas,
		Selector: &metav1.LabelSelector{MatchLabels: labels},
		Template: corev1.PodTemplateSpec{
			ObjectMeta: metav1.ObjectMeta{Labels: labels},
			Spec: corev1.PodSpec{Containers: []corev1.Container{{
				Name:      "web",
				Image:     "nginx:1.27",
				Ports:     []corev1.ContainerPort{{ContainerPort: 80}},
				Resources: corev1.ResourceRequirements{Limits: corev1.ResourceList{"cpu": limit}},
				ReadinessProbe: &corev1.Probe{ProbeHandler: corev1.ProbeHandler{
					HTTPGet: &corev1.HTTPGetAction{Path: "/", Port: intstr.FromString("http")},
				}},
			}}},
		},
	}
	deployments := c.typed.AppsV1().Deployments(namespace)
	web := &appsv1.Deployment{ObjectMeta: metav1.ObjectMeta{Name: "web"}, Spec: spec}
	web, err := deployments.Create(ctx, web, metav1.CreateOptions{})
	if err != nil {
		return err
	}
	container := web.Spec.Template.Spec.Containers[0]
	step("deployment", fmt.Sprint(web.Spec.Strategy, container.ImagePullPolicy, container.Resources.Limits.Cpu(), container.Resources.Requests), nil)
	// The controller writes its status meanwhile.
	err = retry.RetryOnConflict(retry.DefaultRetry, func() error {
		scale, err := deployments.GetScale(ctx, "web", metav1.GetOptions{})
		if err != nil {
			return err
		}
		scale.Spec.Replicas = 3
		_, err = deployments.UpdateScale(ctx, "web", scale, metav1.UpdateOptions{})
		return err
	})
	step("scale", "done", err)
	if err := eventually(ctx, "three pods are ready", func() bool {
		found, err := deployments.Get(ctx, "web", metav1.GetOptions{})
		return err == nil && found.Status.ReadyReplicas == 3
	}); err != nil {
		return err
	}
	pods, err := c.typed.CoreV1().Pods(namespace).List(ctx, metav1.ListOptions{LabelSelector: "app=web"})
	step("pods", len(pods.Items), err)
	service, err := c.typed.CoreV1().Services(namespace).Create(ctx, &corev1.Service{
		ObjectMeta: metav1.ObjectMeta{Name: "web"},
		Spec:       corev1.ServiceSpec{ClusterIP: "None", Selector: labels, Ports: []corev1.ServicePort{{Port: 80}}},
	}, metav1.CreateOptions{})
	step("service", fmt.Sprint(service.Spec.Ports, service.Spec.SessionAffinity), err)
	review := &authorizationv1.SelfSubjectAccessReview{Spec: authorizationv1.SelfSubjectAccessReviewSpec{
		ResourceAttributes: &authorizationv1.ResourceAttributes{Namespace: namespace, Verb: "get", Resource: "pods"},
	}}
	answer, err := c.typed.AuthorizationV1().SelfSubjectAccessReviews().Create(ctx, review, metav1.CreateOptions{})
	step("may I", answer.Status.Allowed, err)
	return nil
}
