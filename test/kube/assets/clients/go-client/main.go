// The client-go program of the tests: what controllers written in Go do, on the API server of a kubeconfig. Every step
// prints one line; the lines are the same on every server that behaves.
package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
)

const (
	namespace = "go-client"
	patience  = 20 * time.Second
)

type clients struct {
	typed   kubernetes.Interface
	dynamic dynamic.Interface
}

// step prints what came of it: a result, or the error as the client tells it.
func step(what string, result any, err error) {
	if err != nil {
		fmt.Printf("%s: error: %v\n", what, err)
		return
	}
	fmt.Printf("%s: %v\n", what, result)
}

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(kubeconfig string) error {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return err
	}
	config.QPS, config.Burst = 500, 500
	// As controllers are told to: typed clients send and ask for protobuf.
	forTyped := rest.CopyConfig(config)
	forTyped.ContentType = "application/vnd.kubernetes.protobuf"
	forTyped.AcceptContentTypes = "application/vnd.kubernetes.protobuf,application/json"
	typed, err := kubernetes.NewForConfig(forTyped)
	if err != nil {
		return err
	}
	free, err := dynamic.NewForConfig(config)
	if err != nil {
		return err
	}
	c := clients{typed: typed, dynamic: free}
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Second)
	defer cancel()
	for _, part := range []func(context.Context, clients) error{typedVerbs, informers, applies, elections} {
		if err := part(ctx, c); err != nil {
			return err
		}
	}
	return nil
}
