module "table" {
  source                        = "./table"
  enable_point_in_time_recovery = true
  replicas                      = [{ region_name = "us-east-2" }]
}
