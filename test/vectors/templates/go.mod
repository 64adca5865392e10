module orkestra.io/test/vectors/templates

go 1.25
