module "t" {
  source                        = "./t"
  replicas                      = ["us-west-2"]
  enable_point_in_time_recovery = true
}
