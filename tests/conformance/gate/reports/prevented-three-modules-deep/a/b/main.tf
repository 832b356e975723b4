module "c" {
  source = "../../c"
}
