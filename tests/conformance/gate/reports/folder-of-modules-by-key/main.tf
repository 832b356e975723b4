module "a" {
  source = "./mods//one"
}
