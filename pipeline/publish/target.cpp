// SPDX-License-Identifier: Apache-2.0
#include "publish/target.hpp"

#include "support/interrupt.hpp"

namespace kokai {

Exit PublicationResult::exit() const {
    // A gate outranks nothing but success; what could not be published outranks a gate.
    Exit gravest = Exit::done;
    for (const DatasetOutcome& dataset : datasets) {
        if (dataset.exit == Exit::done || dataset.exit == gravest) {
            continue;
        }
        if (gravest == Exit::done || gravest == Exit::gate) {
            gravest = dataset.exit;
        }
    }
    return gravest;
}

PublicationResult PublishTarget::rollback(const std::vector<LocalDataset>& /*local*/, const std::string& /*edition*/) {
    throw UsageError("この公開先には過去の版がありません。手元で戻してから（--to local --rollback）公開してください",
                     "this target keeps no former editions: go back locally (--to local --rollback), then publish");
}

HttpSettings http_settings(const TargetSpec& spec, const std::string& url) {
    HttpSettings settings;
    settings.origin = url_parts(url).origin();
    settings.ca_file = spec.ca_file;
    settings.timeout = spec.timeout;
    settings.interrupted = was_interrupted;
    return settings;
}

}  // namespace kokai
