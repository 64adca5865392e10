package main

import (
	"context"
	"fmt"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/intstr"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller/controllerutil"
)

const (
	httpPort   = 80
	volumeName = "content"
	pageFolder = "/usr/share/nginx/html"
)

func newWebsite() *unstructured.Unstructured {
	website := &unstructured.Unstructured{}
	website.SetGroupVersionKind(schema.GroupVersionKind{Group: "demo.orkestra.io", Version: "v1", Kind: "Website"})
	return website
}

type websiteReconciler struct {
	client.Client
}

// Reconcile makes the three children of one Website say what its spec says, then its status what the children say.
func (r *websiteReconciler) Reconcile(ctx context.Context, request ctrl.Request) (ctrl.Result, error) {
	website := newWebsite()
	if err := r.Get(ctx, request.NamespacedName, website); err != nil {
		return ctrl.Result{}, client.IgnoreNotFound(err)
	}
	wanted := specOf(website)

	content := &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Namespace: request.Namespace, Name: contentName(request.Name)}}
	if err := r.ensure(ctx, website, content, func() { setContent(content, wanted) }); err != nil {
		return ctrl.Result{}, err
	}
	deployment := &appsv1.Deployment{ObjectMeta: metav1.ObjectMeta{Namespace: request.Namespace, Name: request.Name}}
	if err := r.ensure(ctx, website, deployment, func() { setDeployment(deployment, wanted) }); err != nil {
		return ctrl.Result{}, err
	}
	service := &corev1.Service{ObjectMeta: metav1.ObjectMeta{Namespace: request.Namespace, Name: request.Name}}
	if err := r.ensure(ctx, website, service, func() { setService(service) }); err != nil {
		return ctrl.Result{}, err
	}
	return ctrl.Result{}, r.report(ctx, website, deployment.Status.ReadyReplicas, wanted.replicas)
}

// ensure creates the child, or updates it when mutate changes something.
func (r *websiteReconciler) ensure(ctx context.Context, owner, child client.Object, mutate func()) error {
	_, err := controllerutil.CreateOrUpdate(ctx, r.Client, child, func() error {
		mutate()
		return controllerutil.SetControllerReference(owner, child, r.Scheme())
	})
	return err
}

func (r *websiteReconciler) report(ctx context.Context, website *unstructured.Unstructured, ready, wanted int32) error {
	phase := "Pending"
	if ready >= wanted {
		phase = "Ready"
	}
	status := map[string]any{
		"phase":         phase,
		"readyReplicas": int64(ready),
		"url":           fmt.Sprintf("http://%s.%s.svc", website.GetName(), website.GetNamespace()),
	}
	before := website.DeepCopy()
	current, _, _ := unstructured.NestedMap(website.Object, "status")
	isSame := true
	for field, value := range status {
		isSame = isSame && current[field] == value
	}
	if isSame {
		return nil
	}
	if err := unstructured.SetNestedMap(website.Object, status, "status"); err != nil {
		return err
	}
	return r.Status().Patch(ctx, website, client.MergeFrom(before))
}

type websiteSpec struct {
	image    string
	message  string
	replicas int32
}

func specOf(website *unstructured.Unstructured) websiteSpec {
	image, _, _ := unstructured.NestedString(website.Object, "spec", "image")
	message, _, _ := unstructured.NestedString(website.Object, "spec", "message")
	replicas, _, _ := unstructured.NestedInt64(website.Object, "spec", "replicas")
	return websiteSpec{image: image, message: message, replicas: int32(replicas)}
}

func contentName(website string) string {
	return website + "-content"
}

func selectorOf(name string) map[string]string {
	return map[string]string{"app.kubernetes.io/name": "website", "app.kubernetes.io/instance": name}
}

func setContent(content *corev1.ConfigMap, wanted websiteSpec) {
	content.Data = map[string]string{"index.html": wanted.message}
}

// setDeployment touches only what the operator owns, so that defaults of the server are no difference.
func setDeployment(deployment *appsv1.Deployment, wanted websiteSpec) {
	labels := selectorOf(deployment.Name)
	deployment.Spec.Replicas = &wanted.replicas
	deployment.Spec.Selector = &metav1.LabelSelector{MatchLabels: labels}
	pod := &deployment.Spec.Template
	pod.Labels = labels
	if len(pod.Spec.Containers) != 1 {
		pod.Spec.Containers = []corev1.Container{{}}
	}
	web := &pod.Spec.Containers[0]
	web.Name, web.Image = "web", wanted.image
	web.Ports = []corev1.ContainerPort{{ContainerPort: httpPort, Protocol: corev1.ProtocolTCP}}
	web.VolumeMounts = []corev1.VolumeMount{{Name: volumeName, MountPath: pageFolder}}
	if len(pod.Spec.Volumes) != 1 || pod.Spec.Volumes[0].ConfigMap == nil {
		pod.Spec.Volumes = []corev1.Volume{{VolumeSource: corev1.VolumeSource{ConfigMap: &corev1.ConfigMapVolumeSource{}}}}
	}
	pod.Spec.Volumes[0].Name = volumeName
	pod.Spec.Volumes[0].ConfigMap.Name = contentName(deployment.Name)
}

func setService(service *corev1.Service) {
	service.Spec.Selector = selectorOf(service.Name)
	service.Spec.Ports = []corev1.ServicePort{{Port: httpPort, TargetPort: intstr.FromInt32(httpPort), Protocol: corev1.ProtocolTCP}}
}
