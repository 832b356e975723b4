# removed keeps | literal | TP_DST_2
removed {
  from = aws_sqs_queue.gone

  lifecycle {
    destroy = false
  }
}
