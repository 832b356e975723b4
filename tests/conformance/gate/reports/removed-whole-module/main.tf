removed {
  from = module.old
  lifecycle {
    destroy = false
  }
}
