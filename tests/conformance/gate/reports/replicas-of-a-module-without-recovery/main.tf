module "table" {
  source                        = "./table"
  enable_point_in_time_recovery = true
  replicas                      = ["us-east-2"]
}
