resource "aws_elastic_beanstalk_environment" "e" {
  name        = "e"
  application = "a"
  setting {
    namespace = "aws:elasticbeanstalk:application:environment"
    name      = "DATABASE_PASSWORD"
    value     = "Kq7-vT3x9Lm2Zr"
  }
}
