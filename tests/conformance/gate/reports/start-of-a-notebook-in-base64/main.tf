resource "aws_sagemaker_notebook_instance_lifecycle_configuration" "x" {
  name     = "n"
  on_start = base64encode("export HF_TOKEN=Kq7-vT3x9Lm2Zr")
}
