module "t" {
  source              = "./t"
  autoscaling_enabled = true
}
