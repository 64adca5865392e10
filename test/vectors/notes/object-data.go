package main

import (
	"encoding/json"
	"sort"
	"strings"
)

// objectsJSON are objects as children hold them: whole ones, empty ones, and ones whose fields have other types.
const objectsJSON = `{
"full": {"metadata": {"name": "web", "namespace": "shop", "uid": "7f3a", "resourceVersion": "41", "generation": 4, "creationTimestamp": "2026-03-04T10:00:00Z",
  "labels": {"app": "web", "weight": "12", "odd": " 7.9", "mixed": "12abc", "none": "", "neg": "-3x", "word": "x"}, "annotations": {"team": "blue", "retries": "3", "deployment.kubernetes.io/revision": "2",
   "orkestra.orkspace.io/serve-target": "deploy", "orkestra.orkspace.io/serve-alias": "web"}, "ownerReferences": [{"kind": "Website", "name": "shop"}, {"kind": "Other", "name": "x"}]},
 "spec": {"replicas": 3, "clusterIP": "10.96.0.7", "ports": [{"port": 80, "nodePort": 31234}], "resources": {"requests": {"cpu": "250m", "memory": "64Mi", "storage": "10Gi"}}, "minReplicas": 2, "maxReplicas": 5,
  "ingressClassName": "nginx", "rules": [{"host": "a.io"}, {"host": ""}, {"host": "b.io"}], "tls": [{"hosts": ["a.io", "b.io"]}, {"hosts": ["c.io"]}, {}], "storageClassName": "fast", "accessModes": ["ReadWriteOnce", "ReadOnlyMany"], "taints": [{"key": "gpu"}, {"key": "spot"}],
  "template": {"spec": {"containers": [{"name": "app", "image": "nginx:1.27", "env": [{"name": "MODE", "value": "fast"}, {"name": "KEY", "valueFrom": {}}, {"name": "N", "value": 3}], "ports": [{"name": "http", "containerPort": 8080}, {"containerPort": 9090}]}, {"name": "side"}]}}},
 "status": {"phase": "Running", "observedGeneration": 4, "readyReplicas": 3, "availableReplicas": 2, "updatedReplicas": 3, "currentReplicas": 5, "desiredReplicas": 4, "currentRevision": "db-7", "updateRevision": "db-8", "active": [{}, {}], "succeeded": 1, "failed": 0,
  "lastScheduleTime": "2026-03-04T02:00:00Z", "lastSuccessfulTime": "2026-03-04T02:03:10Z", "nextScheduleTime": "2026-03-05T02:00:00Z", "loadBalancer": {"ingress": [{"ip": "203.0.113.9", "hostname": "lb.example.io"}]}, "ratio": 0.5, "flag": false, "zero": 0,
  "allocatable": {"cpu": "4", "memory": "16Gi"}, "conditions": [{"type": "Available", "status": "True", "reason": "MinimumReplicas", "message": "two"}, {"type": "Ready", "status": "False", "reason": "No"}, {"type": "Ready", "status": "True"}, {"type": "ScalingActive", "status": "True"}, {"type": "AbleToScale", "status": "Unknown"}]},
 "_pods": [{"name": "db-0", "ip": "10.0.0.1", "phase": "Running", "node": "n1", "ready": true, "restartCount": 1, "ordinal": 0, "exitCode": -1, "containers": [{"name": "app", "state": "Running", "reason": ""}]},
  {"name": "db-1", "ip": "", "phase": "Failed", "node": "n2", "ready": false, "restartCount": 2, "ordinal": 1, "exitCode": 3, "containers": [{"name": "app", "state": "Waiting", "reason": "CrashLoopBackOff"}, {"name": "side", "state": "Terminated", "reason": "OOMKilled"}]},
  {"name": "db-2", "phase": "Succeeded", "ready": true, "ordinal": 2, "exitCode": 0, "containers": [{"name": "app", "reason": "CrashLoopBackOff"}]}],
 "_replicaSets": [{"metadata": {"name": "web-1", "annotations": {"deployment.kubernetes.io/revision": "1"}}}, {"metadata": {"name": "web-2", "annotations": {"deployment.kubernetes.io/revision": "2"}}}],
 "_owner": {"name": "web", "kind": "Deployment"}, "_pvcs": [{}, {}], "_endpoints": [{"ip": "10.0.0.1", "port": 8080, "ready": false}, {"ip": "", "port": 1, "ready": true}, {"ip": "10.0.0.2", "port": "9090"}], "_backingPods": [{"name": "web-0"}],
 "_lastJob": {"metadata": {"name": "nightly-9"}, "status": {"succeeded": 1}}, "_lastSuccessfulJob": {"metadata": {"name": "nightly-8"}}, "_currentMetrics": [{"type": "Resource"}, {"type": "Pods"}], "_scaleTarget": {"kind": "Deployment", "name": "web"},
 "_loadBalancerIPs": ["203.0.113.9", "203.0.113.10"], "_tlsSecrets": [{}], "_pv": {"metadata": {"annotations": {"pv.kubernetes.io/provisioned-by": "csi.example.io"}}, "spec": {"volumeMode": "Block"}}, "_storageClass": {"provisioner": "csi.example.io", "reclaimPolicy": "Delete"},
 "_node": {"name": "n1", "zone": "eu-1a", "region": "eu-1", "instanceType": "m5"}, "_warnings": [{"reason": "A", "message": "one"}, {"reason": "B", "message": "two"}, {"reason": "A", "message": ""}]},
"empty": {}, "bare": {"metadata": {}, "spec": {}, "status": {}},
"odd": {"metadata": {"name": 7, "labels": ["app"], "annotations": "x", "generation": "5x", "deletionTimestamp": "null", "ownerReferences": {"kind": "x"}}, "spec": {"replicas": "2", "ports": "x", "resources": {"requests": {"cpu": 2, "memory": null}}, "minReplicas": 0, "rules": [1, null, {"host": 3}], "template": {"spec": {"containers": {"a": 1}}}, "tls": ["x"]},
 "status": {"phase": 3, "readyReplicas": 2.9, "updatedReplicas": "2", "conditions": [null, "x", {"type": "Ready"}, {"status": "True"}], "active": 3, "succeeded": "1", "failed": 2, "loadBalancer": {"ingress": [{"ip": ""}]}, "subsets": [{"addresses": []}]},
 "_pods": [null, "x", {"ready": "true", "restartCount": "4x", "containers": "x"}, {"name": "p", "exitCode": "0"}], "_warnings": [3, {"message": "m"}], "_endpoints": ["x", {"ip": "::1", "ready": true}], "_replicaSets": [{}, 3], "_storageClass": {"spec": {"reclaimPolicy": "Retain"}}, "_placeholder": true, "_lastJob": {"status": {"succeeded": 0}}, "_loadBalancerIPs": [1, "x", ""]},
"zero": {"metadata": {"generation": 4, "deletionTimestamp": "2026-03-04T10:00:00Z", "annotations": {"orkestra.orkspace.io/serve-source": "github"}}, "spec": {"replicas": 0}, "status": {"observedGeneration": 3, "currentReplicaSet": "web-1", "desiredReplicas": 1, "currentReplicas": 1, "subsets": [{"addresses": [{"ip": "10.0.0.1"}]}], "active": 1, "phase": "Bound"},
 "subsets": [{}], "_replicaSets": [{"metadata": {"name": "web-1"}}, {"metadata": {"name": "web-0"}}], "_pods": [{"name": "a", "restartCount": 3}, {"name": "b", "phase": "Pending", "containers": [{"reason": "Completed"}]}], "_placeholder": false},
"text": "web", "list": [1], "number": 5, "nil": null
}`

func readObjects() map[string]any {
	decoder := json.NewDecoder(strings.NewReader(objectsJSON))
	decoder.UseNumber()
	var objects map[string]any
	if err := decoder.Decode(&objects); err != nil {
		panic(err)
	}
	return numbersOf(objects).(map[string]any)
}

func objectsDomain() domain {
	functions, unary := objectFunctions()
	sort.Strings(unary)
	objects := []string{".full", ".empty", ".bare", ".odd", ".zero", ".text", ".list", ".number", ".nil", ".none"}
	keys := quoted("app", "weight", "odd", "mixed", "none", "neg", "word", "team", "retries", "absent", "__proto__", "constructor")
	indexes := []string{"0", "1", "2", "-1", ".number"}
	functions["get"] = func(o any, path ...string) any { return at2(o, path) }
	functions["hasCondition"] = isTrue
	functions["conditionReason"] = func(o any, kind string) string { return text(condition(o, kind), "reason") }
	functions["conditionMessage"] = func(o any, kind string) string { return text(condition(o, kind), "message") }
	functions["nodeCondition"] = func(o any, kind string) string { return text(condition(o, kind), "status") }
	for name, kind := range map[string]string{"Label": "labels", "Annotation": "annotations"} {
		functions["get"+name] = func(o any, key string) string { return text(o, "metadata", kind, key) }
		functions["get"+name+"Int"] = func(o any, key string) int64 { return count(o, "metadata", kind, key) }
		functions["has"+name] = func(o any, key string) bool { return text(o, "metadata", kind, key) != "" }
	}
	addArgumentNotes(functions)
	var templates []string
	for _, name := range unary {
		templates = append(templates, calls(name, objects)...)
	}
	conditions := quoted("Available", "Ready", "ScalingActive", "Absent", "")
	statuses := quoted("phase", "readyReplicas", "ratio", "flag", "zero", "conditions", "loadBalancer", "absent", "active")
	return domain{functions, readObjects(), joinAll(templates, each("hasCondition conditionReason conditionMessage nodeCondition", objects, joinAll(conditions, []string{".number"})),
		each("getLabel getLabelInt hasLabel getAnnotation getAnnotationInt hasAnnotation", objects, keys), each("getStatus hasStatus", objects, statuses),
		calls("get", objects), calls("get", objects, quoted("metadata", "spec", "_pods", "absent")), calls("get", objects, quoted("metadata", "status"), quoted("labels", "name", "phase", "0"), joinAll(quoted("app"), []string{".nil"})),
		calls("labelMatches", objects), calls("labelMatches", objects, quoted("app")), calls("labelMatches", objects, quoted("app", "x"), quoted("web", "db")), calls("labelMatches", objects[:2], quoted("app"), quoted("web"), quoted("weight"), quoted("12", "13")),
		calls("containerImage", objects, indexes), calls("containerPorts", objects, indexes), calls("containerEnv", objects, indexes, quoted("MODE", "KEY", "N", "absent")), calls("containerPort", objects, indexes, []string{"8080", "80", "9090"}),
		calls("containerPortByName", objects, indexes, quoted("http", "absent", "")), calls("podByOrdinal", objects, indexes), calls("podContainerState", objects, indexes, quoted("app", "side", "absent")))}
}
