// SPDX-License-Identifier: Apache-2.0
#include "locate/converter.hpp"

#include "model/error.hpp"
#include "support/module.hpp"

namespace kokai {

std::unique_ptr<PositionConverter> make_converter(const CoordinateSystem& system, const std::filesystem::path& grids) {
    using Factory = PositionConverter*();
    static Factory* const make = module_function<Factory>("proj", "kokai_position_converter");
    std::unique_ptr<PositionConverter> made(make());
    std::string error;
    if (!made->start(system, grids.string(), error)) {
        throw WorldError(grids.string(), "測地系の変換パラメータを読めません: " + error,
                         "cannot read the parameters of the datum shift: " + error);
    }
    return made;
}

CoordinateSystem named_system(std::string_view name) {
    if (const auto system = coordinate_system(name)) {
        return *system;
    }
    throw UsageError(
        "座標系「" + std::string(name) +
            "」はわかりません（EPSG:6668 4612 4301 4326 3857、平面直角座標系は EPSG:6669〜6687・2443〜2461・"
            "30161〜30179、UTM は 6688〜6692・3097〜3101・3092〜3096）",
        "unknown coordinate system \"" + std::string(name) +
            "\" (EPSG:6668 4612 4301 4326 3857; plane systems 6669 to 6687, 2443 to 2461, 30161 to 30179; "
            "UTM 6688 to 6692, 3097 to 3101, 3092 to 3096)");
}

}  // namespace kokai
