resource "aws_ssm_association" "x" {
  name = "AWS-JoinDomain"
  parameters = {
    Password = "Kq7-vT3x9Lm2Zr"
  }
}
