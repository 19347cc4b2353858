// SPDX-License-Identifier: Apache-2.0
// The module kokai_proj.so: PROJ behind one plain C function. Nothing else of the program links PROJ, but the GDAL
// module, which has it anyway.
#include "locate/proj_converter.hpp"

extern "C" __attribute__((visibility("default"))) kokai::PositionConverter* kokai_position_converter() {
    return std::make_unique<kokai::ProjConverter>().release();
}
