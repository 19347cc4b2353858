// SPDX-License-Identifier: Apache-2.0
// A small table through transforms into one output, batch by batch, as the engine does it.
#pragma once

#include "engine/stage.hpp"

#include <vector>

namespace kokai::testing {

inline OutputFile write_all(Source& source, const std::vector<Transform*>& transforms, Sink& sink) {
    Findings findings;
    std::vector<Shape> shapes{source.open(findings)};
    shapes.reserve(transforms.size() + 1);
    for (Transform* transform : transforms) {
        shapes.push_back(transform->bind(shapes.back()));
    }
    sink.open(shapes.back());
    Batch batch;
    std::uint64_t written = 0;
    while (true) {
        batch.clear();
        if (!source.next(batch, findings)) {
            return sink.close();
        }
        source.parse(batch, findings);
        batch.states.assign(batch.size(), RowState::kept);
        for (Transform* transform : transforms) {
            transform->run(batch, findings);
        }
        batch.first_written_row = written;
        for (const RowState state : batch.states) {
            written += state == RowState::kept ? 1U : 0U;
        }
        Buffer buffer;
        sink.encode(batch, buffer, findings);
        sink.append(std::move(buffer));
    }
}

}  // namespace kokai::testing
