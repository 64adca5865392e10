package main

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"text/template"
)

// at goes down keys and indexes; nil where a step is missing.
func at(v any, path ...string) any {
	for _, step := range path {
		switch x := v.(type) {
		case map[string]any:
			v = x[step]
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i >= len(x) {
				return nil
			}
			v = x[i]
		default:
			return nil
		}
	}
	return v
}

func dotted(path string) []string { return strings.Split(path, ".") }

func text(v any, path ...string) string {
	s, _ := at(v, path...).(string)
	return s
}

var leading = regexp.MustCompile(`^\s*([+-]?[0-9]+)`)

func count(v any, path ...string) int64 {
	switch n := at(v, path...).(type) {
	case int64:
		return n
	case float64:
		return int64(n)
	case string:
		if m := leading.FindStringSubmatch(n); m != nil {
			i, _ := strconv.ParseInt(m[1], 10, 64)
			return i
		}
	}
	return 0
}

func list(v any, path ...string) []any {
	l, _ := at(v, path...).([]any)
	return l
}

func mapOf(v any, path ...string) map[string]any {
	if m, ok := at(v, path...).(map[string]any); ok {
		return m
	}
	return map[string]any{}
}

func texts(l []any, field ...string) string {
	var all []string
	for _, item := range l {
		if s := text(item, field...); s != "" {
			all = append(all, s)
		}
	}
	return strings.Join(all, ", ")
}

func condition(o any, kind string) any {
	for _, c := range list(o, "status", "conditions") {
		if at(c, "type") == kind {
			return c
		}
	}
	return nil
}

func isTrue(o any, kind string) bool {
	for _, c := range list(o, "status", "conditions") {
		if at(c, "type") == kind && at(c, "status") == "True" {
			return true
		}
	}
	return false
}

func desired(o any) int64 {
	if at(o, "spec", "replicas") == nil {
		return 1
	}
	return count(o, "spec", "replicas")
}

func phases(o any, wanted func(string) bool) string {
	var names []any
	for _, p := range list(o, "_pods") {
		if wanted(text(p, "phase")) {
			names = append(names, p)
		}
	}
	return texts(names, "name")
}

func reasons(o any) []string {
	var all []string
	for _, p := range list(o, "_pods") {
		for _, c := range list(p, "containers") {
			all = append(all, text(c, "reason"))
		}
	}
	return all
}

func hasReason(o any, wanted string) bool {
	for _, reason := range reasons(o) {
		if reason == wanted {
			return true
		}
	}
	return false
}

func endpoints(o any) []string {
	var all []string
	for _, e := range list(o, "_endpoints") {
		if ip := text(e, "ip"); ip != "" {
			all = append(all, fmt.Sprintf("%s:%d", ip, count(e, "port")))
		}
	}
	return all
}

const serve = "orkestra.orkspace.io/serve-"

var textNotes = map[string]string{
	"phase": "status.phase", "ownerKind": "metadata.ownerReferences.0.kind", "ownerName": "metadata.ownerReferences.0.name",
	"resourceCPU": "spec.resources.requests.cpu", "resourceMemory": "spec.resources.requests.memory", "name": "metadata.name", "namespace": "metadata.namespace",
	"resourceName": "metadata.name", "resourceNamespace": "metadata.namespace", "resourceUID": "metadata.uid", "resourceVersion": "metadata.resourceVersion", "creationTimestamp": "metadata.creationTimestamp",
	"replicaSetOwnerName": "_owner.name", "replicaSetOwnerKind": "_owner.kind", "statefulSetCurrentRevision": "status.currentRevision", "statefulSetUpdateRevision": "status.updateRevision",
	"serviceClusterIP": "spec.clusterIP", "serviceLoadBalancerIP": "status.loadBalancer.ingress.0.ip", "serviceLoadBalancerHost": "status.loadBalancer.ingress.0.hostname",
	"cronJobLastScheduleTime": "status.lastScheduleTime", "cronJobLastSuccessTime": "status.lastSuccessfulTime", "cronJobNextScheduleTime": "status.nextScheduleTime",
	"cronJobLastJobName": "_lastJob.metadata.name", "cronJobLastSuccessfulJobName": "_lastSuccessfulJob.metadata.name", "hpaScaleTargetKind": "_scaleTarget.kind", "hpaScaleTargetName": "_scaleTarget.name",
	"ingressClassName": "spec.ingressClassName", "ingressIP": "status.loadBalancer.ingress.0.ip", "ingressHost": "status.loadBalancer.ingress.0.hostname",
	"pvcPhase": "status.phase", "pvcCapacity": "spec.resources.requests.storage", "pvcStorageClass": "spec.storageClassName", "pvcVolumeMode": "_pv.spec.volumeMode", "pvcStorageClassProvisioner": "_storageClass.provisioner",
	"nodeAllocatableCPU": "status.allocatable.cpu", "nodeAllocatableMemory": "status.allocatable.memory",
	"podNodeName": "_node.name", "podNodeZone": "_node.zone", "podNodeRegion": "_node.region", "podNodeInstanceType": "_node.instanceType", "firstWarning": "_warnings.0.message",
}
var countNotes = map[string]string{
	"generation": "metadata.generation", "observedGeneration": "status.observedGeneration", "readyReplicas": "status.readyReplicas", "availableReplicas": "status.availableReplicas", "updatedReplicas": "status.updatedReplicas",
	"serviceNodePort": "spec.ports.0.nodePort", "hpaCurrentReplicas": "status.currentReplicas", "hpaDesiredReplicas": "status.desiredReplicas", "hpaMaxReplicas": "spec.maxReplicas",
}
var sizeNotes = map[string]string{
	"deploymentReplicaSetCount": "_replicaSets", "statefulSetPVCCount": "_pvcs", "serviceEndpointCount": "_endpoints", "backingPodCount": "_backingPods", "podCount": "_pods", "cronJobActiveCount": "status.active",
	"ingressTLSSecretCount": "_tlsSecrets", "warningCount": "_warnings", "containerCount": "spec.template.spec.containers",
}
var textsNotes = map[string][2]string{
	"deploymentReplicaSets": {"_replicaSets", "metadata.name"}, "backingPodNames": {"_backingPods", "name"}, "podNames": {"_pods", "name"}, "podIPs": {"_pods", "ip"}, "podPhases": {"_pods", "phase"}, "podNodes": {"_pods", "node"},
	"hpaMetricTypes": {"_currentMetrics", "type"}, "ingressRules": {"spec.rules", "host"}, "ingressLoadBalancerIPs": {"_loadBalancerIPs", ""}, "pvcAccessModes": {"spec.accessModes", ""}, "nodeTaints": {"spec.taints", "key"}, "warningMessages": {"_warnings", "message"},
}
var mapNotes = map[string]string{"meta": "metadata", "labels": "metadata.labels", "annotations": "metadata.annotations", "spec": "spec", "status": "status"}
var positiveNotes = map[string]string{"jobSucceeded": "status.succeeded", "jobFailed": "status.failed", "jobActive": "status.active", "cronJobLastJobSucceeded": "_lastJob.status.succeeded"}
var conditionNotes = map[string]string{"hpaScalingActive": "ScalingActive", "hpaAbleToScale": "AbleToScale", "hpaScalingLimited": "ScalingLimited", "nodeReady": "Ready"}
var reasonNotes = strings.Fields("podCrashLoopDetected:CrashLoopBackOff podImagePullBackOffDetected:ImagePullBackOff podErrImagePullDetected:ErrImagePull podErrorDetected:Error podOOMKilledDetected:OOMKilled podRunContainerErrorDetected:RunContainerError podCreateContainerErrorDetected:CreateContainerError podInvalidImageNameDetected:InvalidImageName podPreStartHookErrorDetected:PreStartHookError podPostStartHookErrorDetected:PostStartHookError")

func objectFunctions() (template.FuncMap, []string) {
	functions := template.FuncMap{
		"resourceExists": func(o any) bool { m, ok := o.(map[string]any); return ok && m["_placeholder"] != true },
		"isTerminating": func(o any) bool {
			t := at(o, "metadata", "deletionTimestamp")
			return t != nil && t != "" && t != "null"
		},
		"isSynced": func(o any) bool {
			return count(o, "metadata", "generation") == count(o, "status", "observedGeneration")
		},
		"desiredReplicas":  desired,
		"allReplicasReady": func(o any) bool { return count(o, "status", "readyReplicas") == desired(o) },
		"rolloutComplete":  func(o any) bool { return count(o, "status", "updatedReplicas") == desired(o) },
		"oldDeploymentReplicaSets": func(o any) string {
			const revision = "deployment.kubernetes.io/revision"
			current, mine := text(o, "status", "currentReplicaSet"), text(o, "metadata", "annotations", revision)
			var old []any
			for _, rs := range list(o, "_replicaSets") {
				if current == "" && mine != "" && text(rs, "metadata", "annotations", revision) == mine {
					current = text(rs, "metadata", "name")
				}
			}
			for _, rs := range list(o, "_replicaSets") {
				if current != "" && text(rs, "metadata", "name") != current {
					old = append(old, rs)
				}
			}
			return texts(old, "metadata", "name")
		},
		"endpointsReady": func(o any) bool {
			for _, subset := range append(append([]any{}, list(o, "subsets")...), list(o, "status", "subsets")...) {
				if len(list(subset, "addresses")) > 0 {
					return true
				}
			}
			return false
		},
		"hasEndpoints": func(o any) bool {
			for _, e := range list(o, "_endpoints") {
				if at(e, "ready") == true {
					return true
				}
			}
			return false
		},
		"serviceEndpoints": func(o any) string { return strings.Join(endpoints(o), ", ") },
		"serviceFirstEndpoint": func(o any) string {
			if first := list(o, "_endpoints"); len(first) > 0 && text(first[0], "ip") != "" {
				return endpoints(o)[0]
			}
			return ""
		},
		"readyPodCount": func(o any) int {
			n := 0
			for _, p := range list(o, "_pods") {
				if at(p, "ready") == true {
					n++
				}
			}
			return n
		},
		"podMaxRestarts": func(o any) int64 {
			var n int64
			for _, p := range list(o, "_pods") {
				n = max(n, count(p, "restartCount"))
			}
			return n
		},
		"hasCrashingPod": func(o any) bool {
			for _, p := range list(o, "_pods") {
				if count(p, "restartCount") > 2 {
					return true
				}
			}
			for _, pair := range reasonNotes {
				_, reason, _ := strings.Cut(pair, ":")
				if hasReason(o, reason) {
					return true
				}
			}
			return false
		},
		"podContainerReasons": func(o any) string { return strings.Join(unique(reasons(o)), ", ") },
		"jobFirstExitCode": func(o any) int64 {
			for _, p := range list(o, "_pods") {
				if at(p, "exitCode") != nil && count(p, "exitCode") >= 0 {
					return count(p, "exitCode")
				}
			}
			return -1
		},
		"jobActivePodNames":    func(o any) string { return phases(o, func(p string) bool { return p != "Succeeded" && p != "Failed" }) },
		"jobSucceededPodNames": func(o any) string { return phases(o, func(p string) bool { return p == "Succeeded" }) },
		"jobFailedPodNames":    func(o any) string { return phases(o, func(p string) bool { return p == "Failed" }) },
		"hpaMinReplicas": func(o any) int64 {
			if n := count(o, "spec", "minReplicas"); n != 0 {
				return n
			}
			return 1
		},
		"hpaAtMax": func(o any) bool {
			n := count(o, "spec", "maxReplicas")
			return n != 0 && count(o, "status", "currentReplicas") >= n
		},
		"hpaScaling": func(o any) bool {
			return isTrue(o, "ScalingActive") && count(o, "status", "currentReplicas") != count(o, "status", "desiredReplicas")
		},
		"ingressReady": func(o any) bool {
			for _, e := range list(o, "status", "loadBalancer", "ingress") {
				if text(e, "ip") != "" || text(e, "hostname") != "" {
					return true
				}
			}
			return false
		},
		"ingressTLSHosts": func(o any) string {
			var all []any
			for _, t := range list(o, "spec", "tls") {
				all = append(all, list(t, "hosts")...)
			}
			return texts(all)
		},
		"pvcBound": func(o any) bool { return text(o, "status", "phase") == "Bound" },
		"pvcProvisioner": func(o any) string {
			return text(o, "_pv", "metadata", "annotations", "pv.kubernetes.io/provisioned-by")
		},
		"pvcStorageClassReclaimPolicy": func(o any) string {
			if s := text(o, "_storageClass", "reclaimPolicy"); s != "" {
				return s
			}
			return text(o, "_storageClass", "spec", "reclaimPolicy")
		},
		"hasWarnings": func(o any) bool { return len(list(o, "_warnings")) > 0 },
		"warningReasons": func(o any) string {
			var all []string
			for _, w := range list(o, "_warnings") {
				all = append(all, text(w, "reason"))
			}
			return strings.Join(unique(all), ", ")
		},
		"isDirectApply": func(o any) bool {
			return text(o, "metadata", "annotations", serve+"target")+text(o, "metadata", "annotations", serve+"alias")+text(o, "metadata", "annotations", serve+"source") == ""
		},
	}
	for name, path := range textNotes {
		functions[name] = func(o any) string { return text(o, dotted(path)...) }
	}
	for name, path := range countNotes {
		functions[name] = func(o any) int64 { return count(o, dotted(path)...) }
	}
	for name, path := range sizeNotes {
		functions[name] = func(o any) int { return len(list(o, dotted(path)...)) }
	}
	for name, paths := range textsNotes {
		functions[name] = func(o any) string {
			if paths[1] == "" {
				return texts(list(o, dotted(paths[0])...))
			}
			return texts(list(o, dotted(paths[0])...), dotted(paths[1])...)
		}
	}
	for name, path := range mapNotes {
		functions[name] = func(o any) map[string]any { return mapOf(o, dotted(path)...) }
	}
	for name, path := range positiveNotes {
		functions[name] = func(o any) bool { return count(o, dotted(path)...) > 0 }
	}
	for name, kind := range conditionNotes {
		functions[name] = func(o any) bool { return isTrue(o, kind) }
	}
	for _, pair := range reasonNotes {
		name, reason, _ := strings.Cut(pair, ":")
		functions[name] = func(o any) bool { return hasReason(o, reason) }
	}
	for _, key := range []string{"Target", "Alias", "Source"} {
		functions["getServe"+key] = func(o any) string { return text(o, "metadata", "annotations", serve+strings.ToLower(key)) }
		functions["hasServe"+key] = func(o any) bool { return text(o, "metadata", "annotations", serve+strings.ToLower(key)) != "" }
	}
	var unary []string
	for name := range functions {
		unary = append(unary, name)
	}
	return functions, unary
}
