data "terraform_remote_state" "eks" {
  backend = "local"
}

module "pod" {
  source = "./pod"
  issuer = data.terraform_remote_state.eks.outputs.issuer
}
