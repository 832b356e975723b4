resource "terraform_data" "x" {
  provisioner "local-exec" {
    command = "./deploy"
    environment = {
      DEPLOY_TOKEN = "Kq7-vT3x9Lm2Zr"
    }
  }
}
