module orkestra.io/test/bench/template-go

go 1.25
