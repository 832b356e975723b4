module "test" { source = "./m" }
