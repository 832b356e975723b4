locals {
  notifier = "https://acme.webhook.office.com/webhookb2/9d19bdd0-b6cc-60d5-d32c-be54014c2b54@b95523cf-6941-fa1c-257c-6f561c5cb347/IncomingWebhook/611a3ce9d97dcbee500fe7ee5fc324bd/b2e1142a-21c4-0236-4f95-72b85a8e48f6"
}
