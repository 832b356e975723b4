resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      L:
        Type: AWS::ElasticLoadBalancingV2::LoadBalancer
        Properties:
          LoadBalancerAttributes: [{Key: idle_timeout.timeout_seconds, Value: "60"}, {Key: deletion_protection.enabled, Value: "true"}]
  EOT
}
