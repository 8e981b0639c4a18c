# The command line as people and scripts use it, against the real node.
add_library(coffer_command_line STATIC ../support/command_line.cpp)
target_link_libraries(coffer_command_line PUBLIC coffer_core_base Qt6::Core Qt6::Network)
target_compile_definitions(coffer_command_line PRIVATE COFFER_BINARIES="${CMAKE_BINARY_DIR}/bin")
add_dependencies(coffer_command_line coffer-cli)

coffer_functional_test(wallet_journey_test.cpp LINK core/base)
target_link_libraries(test_functional_wallet_journey_test PRIVATE coffer_command_line)

foreach(journey policy psbt_flow psbt_signing restore send_everything)
  coffer_functional_test(${journey}_test.cpp LINK core/base core/bitcoin)
  target_link_libraries(test_functional_${journey}_test PRIVATE coffer_command_line)
endforeach()
