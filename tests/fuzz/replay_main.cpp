// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Replays a corpus through a fuzz target without libFuzzer: every file as it is, cut short at many
// places, and with single bits flipped, so that each target is exercised in every test run.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Input = std::vector<std::uint8_t>;

constexpr std::size_t kVariantsPerFile = 64; // Keeps all corpora together under a few seconds.

void run(const Input& input)
{
    // A copy of exact size: reading past the end is then seen by the sanitizers.
    const Input exact(input.begin(), input.end());
    LLVMFuzzerTestOneInput(exact.data(), exact.size());
}

void runVariants(const Input& input)
{
    run(input);
    const std::size_t step = std::max<std::size_t>(1, input.size() / kVariantsPerFile);
    for (std::size_t at = 0; at < input.size(); at += step) {
        run(Input(input.begin(), input.begin() + static_cast<std::ptrdiff_t>(at)));
        Input flipped = input;
        flipped[at] = static_cast<std::uint8_t>(flipped[at] ^ (1U << (at % 8)));
        run(flipped);
    }
}

Input read(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

} // namespace

int main(int argc, char** argv)
{
    std::size_t files = 0;
    run({});
    for (int i = 1; i < argc; ++i) {
        std::error_code error;
        for (const auto& entry : std::filesystem::directory_iterator(argv[i], error)) {
            runVariants(read(entry.path()));
            ++files;
        }
    }
    std::printf("%zu files\n", files);
    if (files == 0) {
        std::fputs("The corpus is empty: put at least one real input into tests/fuzz/corpus/.\n",
                   stderr);
        return 1;
    }
    return 0;
}
