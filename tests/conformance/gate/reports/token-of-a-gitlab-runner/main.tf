locals {
  notifier = "GR1348941yJd6N36PBSPUiRzoWSkc"
}
