package main

import (
	"context"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/tools/leaderelection"
	"k8s.io/client-go/tools/leaderelection/resourcelock"
)

// elections: two candidates for one Lease; the second leads once the first let go.
func elections(ctx context.Context, c clients) error {
	leads := make(chan string, 10)
	candidate := func(id string) (context.CancelFunc, chan struct{}) {
		ctx, cancel := context.WithCancel(ctx)
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			leaderelection.RunOrDie(ctx, leaderelection.LeaderElectionConfig{
				Lock: &resourcelock.LeaseLock{
					LeaseMeta:  metav1.ObjectMeta{Name: "election", Namespace: namespace},
					Client:     c.typed.CoordinationV1(),
					LockConfig: resourcelock.ResourceLockConfig{Identity: id},
				},
				ReleaseOnCancel: true,
				LeaseDuration:   8 * time.Second,
				RenewDeadline:   6 * time.Second,
				RetryPeriod:     300 * time.Millisecond,
				Callbacks: leaderelection.LeaderCallbacks{
					OnStartedLeading: func(context.Context) { leads <- id },
					OnStoppedLeading: func() {},
				},
			})
		}()
		return cancel, ended
	}
	stopFirst, firstEnded := candidate("first")
	if err := next("leads", leads); err != nil {
		return err
	}
	stopSecond, secondEnded := candidate("second")
	stopFirst()
	<-firstEnded
	if err := next("leads", leads); err != nil {
		return err
	}
	stopSecond()
	<-secondEnded
	lease, err := c.typed.CoordinationV1().Leases(namespace).Get(ctx, "election", metav1.GetOptions{})
	if err != nil {
		return err
	}
	step("holder in the end", *lease.Spec.HolderIdentity == "", nil)
	return nil
}
