resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      Dead: {Type: "AWS::SQS::Queue", Properties: {QueueName: dead}}
      Work:
        Type: AWS::SQS::Queue
        Properties:
          QueueName: work.fifo
          FifoQueue: true
          RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 4}
  EOT
}
