// Command peer is the website operator of the sample, written by hand on controller-runtime: what somebody would build
// instead of writing a Katalog. The bench measures both in one run.
package main

import (
	"flag"
	"log"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/client-go/tools/clientcmd"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller"
	ctrllog "sigs.k8s.io/controller-runtime/pkg/log"
	"sigs.k8s.io/controller-runtime/pkg/log/zap"
	"sigs.k8s.io/controller-runtime/pkg/metrics/server"
)

const userAgent = "bench-peer-go"

func main() {
	// controller-runtime itself registers -kubeconfig.
	cluster := flag.String("cluster", "", "kubeconfig file")
	workers := flag.Int("workers", 8, "passes at the same time")
	cached := flag.Bool("cached", false, "read Websites from the cache too; controller-runtime reads untyped objects live unless told so")
	flag.Parse()
	ctrllog.SetLogger(zap.New())
	if err := run(*cluster, *workers, *cached); err != nil {
		log.Fatal(err)
	}
}

func run(cluster string, workers int, cached bool) error {
	config, err := clientcmd.BuildConfigFromFlags("", cluster)
	if err != nil {
		return err
	}
	config.UserAgent = userAgent
	// client-go's own limit (20 requests a second) would be the only thing that is measured.
	config.QPS = -1
	manager, err := ctrl.NewManager(config, ctrl.Options{
		Metrics: server.Options{BindAddress: "0"},
		Client:  client.Options{Cache: &client.CacheOptions{Unstructured: cached}},
	})
	if err != nil {
		return err
	}
	err = ctrl.NewControllerManagedBy(manager).
		Named("website").
		For(newWebsite()).
		Owns(&appsv1.Deployment{}).
		Owns(&corev1.Service{}).
		Owns(&corev1.ConfigMap{}).
		WithOptions(controller.Options{MaxConcurrentReconciles: workers}).
		Complete(&websiteReconciler{Client: manager.GetClient()})
	if err != nil {
		return err
	}
	return manager.Start(ctrl.SetupSignalHandler())
}
