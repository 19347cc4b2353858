// SPDX-License-Identifier: Apache-2.0
// A folder that others use, too: changed as a whole by one rename, with everything that is not ours carried over as it
// is.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>

namespace kokai {

struct FolderChange {
    std::map<std::string, std::filesystem::path> puts;  // path from the root -> the file that is copied there
    std::set<std::string> removes;                      // paths from the root
    std::function<void()> last_look;                    // just before the switch; throws where something has moved
};

/// Makes the folder anew in `.kokai-<name>` beside it and lets the two change places. Throws WorldError and leaves all
/// as it was when something cannot be carried over; LockedError when another kokai is at the same folder.
void switch_folder(const std::filesystem::path& root, const FolderChange& change);

/// Brings back the folder that a run killed between two renames has put aside.
void finish_cut_switch(const std::filesystem::path& root);

}  // namespace kokai
