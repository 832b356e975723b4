module "pipe" {
  source = "./pipe"
  state  = "STOPPED"
}
