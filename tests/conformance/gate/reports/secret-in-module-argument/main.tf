module "db" {
  source   = "./db"
  password = "Tr0ub4dor-and-3"
}
