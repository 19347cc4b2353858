// SPDX-License-Identifier: Apache-2.0
// Heavy libraries (GDAL, GEOS, PROJ) live in modules of ours that are opened on first need: linking them would cost
// every start tens of milliseconds. A module offers plain C functions; nothing else crosses the border.
#pragma once

#include <filesystem>
#include <string_view>

namespace kokai {

/// Where a file of the program's own is looked for: in the folder that the environment variable KOKAI_MODULES names,
/// else beside the running program, else in ../lib/kokai from there.
std::filesystem::path beside_program(std::string_view file);

/// Where the module `name` is looked for: the file kokai_<name>.so beside the program.
std::filesystem::path module_path(std::string_view name);

/// Opens a module, once in the life of the program; it stays open. Throws WorldError when it is missing or cannot be
/// loaded.
void* open_module(std::string_view name);

/// The address of a function in the module. Throws WorldError when the module does not have it.
void* module_symbol(std::string_view name, const char* symbol);

/// The same, with its type: `module_function<int(const char*, int)>("name", "kokai_name_does")`.
template <typename Signature>
Signature* module_function(std::string_view name, const char* symbol) {
    return reinterpret_cast<Signature*>(module_symbol(name, symbol));  // POSIX allows this for dlsym
}

}  // namespace kokai
