// SPDX-License-Identifier: Apache-2.0
// Ctrl-C and SIGTERM set a flag; long loops ask it and leave by the ordinary way, so that staging folders are removed.
#pragma once

namespace kokai {

/// Installs the handlers. A second signal ends the program at once.
void watch_signals();

[[nodiscard]] bool was_interrupted();

/// Throws Interrupted when a signal has come.
void stop_if_interrupted();

}  // namespace kokai
