// SPDX-License-Identifier: Apache-2.0
// No two rows with the same ID: of those that have it, the first stays. One table of 64-bit fingerprints is the only
// thing in the program that grows with the number of rows; above 64 MiB it is spilled to disk and sorted at the end.
#pragma once

#include "engine/stage.hpp"

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace kokai {

class UniqueKey : public Check {
public:
    static constexpr std::size_t most_slots = std::size_t{8} << 20U;  // of eight bytes: 64 MiB

    explicit UniqueKey(std::vector<std::string> columns, std::size_t slots_at_most = most_slots);
    void bind(const Shape& shape) override;
    void admit(Batch& batch, Findings& findings) override;
    void end(Findings& findings) override;

private:
    struct FileCloser {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };

    bool insert(std::uint64_t fingerprint);  // false: was there already
    void grow();
    void spill();

    std::vector<std::string> names_;
    std::size_t slots_at_most_;
    std::vector<std::size_t> columns_;
    const Shape* shape_ = nullptr;
    std::vector<std::uint64_t> slots_;
    std::size_t used_ = 0;
    std::vector<std::uint64_t> fingerprints_;  // of the batch that is admitted; 0 for rows without a key
    std::vector<std::unique_ptr<std::FILE, FileCloser>> runs_;  // sorted fingerprints, oldest first
};

}  // namespace kokai
