// SPDX-License-Identifier: Apache-2.0
// What a publication has to say in the end: what was verified, never what was sent.
#pragma once

#include "model/finding.hpp"
#include "publish/target.hpp"

#include <string>

namespace kokai {

std::string result_json(const PublicationResult& result, const std::string& target);
std::string result_text(const PublicationResult& result, const std::string& target, bool only_verified,
                        Language language);
/// What did not come out right, dataset by dataset: for stderr.
std::string trouble_text(const PublicationResult& result, Language language);

}  // namespace kokai
