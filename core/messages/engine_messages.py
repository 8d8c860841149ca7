"""What runs a model, why nothing faster does, and why it cannot be run at all."""

from __future__ import annotations

from core.messages.message import Wording

_CHOOSE = "Choose another model."

# What runs it

ON_OPENVINO = Wording("engine_openvino", "OpenVINO on {processor}, {bits}-bit")
ON_ONNX_RUNTIME = Wording("engine_onnx_runtime", "ONNX Runtime on {processor}, {bits}-bit")
ON_PROCESSOR = Wording("engine_processor", "Processor ({processor}), {bits}-bit")
ON_PROCESSOR_INSTEAD = Wording(
    "engine_processor_instead", "Processor ({processor}), {bits}-bit ({reason}: using the processor)"
)
ON_CARD = Wording("engine_card", "{card}, {bits}-bit")

# What an update of the program changed

MODEL_BETTER = Wording(
    "engine_model_better",
    "The built-in model understands photos better than before. It looks at all of yours again now, which takes a while;"
    " until then Recollect searches as it did.",
)

# Why no better device does

DRIVER_OLD = Wording("device_driver_old", "the graphics driver is too old")
TORCH_WITHOUT_CUDA = Wording(
    "device_torch_without_cuda", "this installation of torch has no support for the NVIDIA card"
)
DEVICE_MISSING = Wording("device_missing", "there is no “{device}” here")
DEVICE_WRONG = Wording("device_wrong", "{device}: it multiplies wrongly")
DEVICE_FAILED = Wording("device_failed", "{device}: {detail}")
NO_CARD = Wording("device_no_card", "graphics card: {reason}")

# Why no faster engine does

OPENVINO_16 = Wording("engine_named_openvino_16", "OpenVINO in 16 bits")
OPENVINO_32 = Wording("engine_named_openvino_32", "OpenVINO in 32 bits")
TORCH_16 = Wording("engine_named_torch_16", "torch in 16 bits")
ONNX_RUNTIME = Wording("engine_named_onnx_runtime", "ONNX Runtime")
NOT_USED = Wording("engine_not_used", "{engine}: {reason}")
NO_FASTER = Wording("engine_no_faster", "no faster here")
NOT_INSTALLED = Wording("engine_not_installed", "{package} is not installed")
ANSWERS_DIFFER = Wording("engine_answers_differ", "its answers differ (cosine {cosine})")
NOT_CONVERTED = Wording("engine_not_converted", "the model could not be converted ({error})")
NOT_STARTED = Wording("engine_not_started", "it does not start ({error})")
NO_DISK_ROOM = Wording("engine_no_disk_room", "there is too little room on the disk to convert the model")
NO_FOLDER = Wording("engine_no_folder", "there is no folder to convert the model into")
CONVERTED_GONE = Wording("engine_converted_gone", "the converted file is gone")
PUBLISHED_ONLY = Wording("engine_published_only", "a model published as ONNX runs on ONNX Runtime alone")
INPUT_UNKNOWN = Wording("engine_input_unknown", "it asks for something else than pictures or words")
HALF_INEXACT = Wording("engine_half_inexact", "16 bits are not exact enough for this model (cosine {cosine})")
HALF_UNCOMPARED = Wording("engine_half_uncompared", "too little memory to compare 16 with 32 bits")

# Why it cannot be run

NOT_LOADED = Wording(
    "model_not_loaded",
    "The model “{name}” could not be loaded.",
    "Download or copy it again, or choose another model. ({error})",
)
COMPUTES_OTHERWISE = Wording(
    "model_computes_otherwise",
    "The model “{name}” does not compute what it should.",
    "Download or copy it again, or choose another model. (cosine {cosine})",
)
NO_MEMORY = Wording(
    "model_no_memory",
    "There is not enough memory for the model “{name}”.",
    "Close other programs, or choose a smaller model.",
)
FAILED = Wording(
    "model_failed",
    "The model “{name}” failed on {device}.",
    "Close other programs that use it, or choose a smaller model. ({error})",
)
BACKEND_IMPOSSIBLE = Wording("model_backend_impossible", "“{backend}” cannot run the model “{name}” here.", "{reason}.")
STOPPED = Wording(
    "model_stopped",
    "The model “{name}” was ended by the system.",
    "It may have run out of memory: close other programs or choose a smaller model, then try again.",
)
CRASHED = Wording(
    "model_crashed",
    "What runs the model “{name}” crashed ({how}).",
    "Try again; if it crashes again, bring the graphics driver up to date or choose another model.",
)
HUNG = Wording(
    "model_hung",
    "The model “{name}” does not answer, not even after a second start.",
    "Start the computer again; if it stays so, bring the graphics driver up to date or choose another model.",
)
UNEXPECTED = Wording(
    "model_unexpected",
    "The model “{name}” failed unexpectedly.",
    "Try again; if it happens again, choose another model. ({error})",
)
CLOSED = Wording("model_closed", "The model was closed.", "Open the library again.")
USELESS_HERE = Wording(
    "model_useless_here",
    "The model gives no usable answers on this device.",
    "Choose another device or model. Everything found so far is kept.",
)
PICTURES_ONLY = Wording("model_pictures_only", "This encoder embeds pictures only.", "Load the words' tower.")
WORDS_UNKNOWN = Wording(
    "model_words_unknown",
    "The words' tower of “{name}” ({kind}) is of a kind Recollect cannot run.",
    "Choose another model; every model on Recollect's list works.",
)
TOKENIZER_MISSING = Wording(
    "model_tokenizer_missing",
    "The model “{name}” lacks a tokenizer that Recollect can use.",
    "Its folder should hold tokenizer.json; download or copy the model again, or choose another.",
)
TOKENIZER_DAMAGED = Wording(
    "model_tokenizer_damaged", "The tokenizer of “{name}” is damaged.", "Download or copy the model again."
)
CLEANING_UNKNOWN = Wording("model_cleaning_unknown", "The tokenizer's “clean: {kind}” is not known.", _CHOOSE)
DIMENSION_DIFFERS = Wording(
    "model_dimension_differs",
    "The model “{key}” gives vectors of {given} numbers, the library holds {held} under its name.",
    "Choose the model that was used before, or give the new one another name.",
)
