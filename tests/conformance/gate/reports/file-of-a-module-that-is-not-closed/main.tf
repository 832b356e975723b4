module "trail" {
  source = "./trail"
}
