locals {
  notifier = "SDMNVrVjzPUeiu.atlasv1.MTY2BSCABximNigReGt3sdthk47biVvPQXN47wxrJbYD4JAEry7SdLDFt4a6itUpRvU"
}
