"""jupyter_kernel_test's whole suite, told how things are done in Java."""
import jupyter_kernel_test


class JavaKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "cairn-java"
    language_name = "java"
    file_extension = ".jshell"

    code_hello_world = 'System.out.println("hello, world");'
    code_stderr = 'System.err.println("oops");'
    code_page_something = 'page("something");'
    code_generate_error = "int[] none = {}; none[1]"
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "2 * 3 * 7", "result": "42"},
        {"code": '"a" + 1', "result": "a1"},
        {"code": "List.of(1, 2)", "result": "[1, 2]"},
    ]
    code_display_data = [
        {"code": 'display("<b>bold</b>", "text/html");', "mime": "text/html"},
        {"code": 'display("shown");', "mime": "text/plain"},
        {"code": 'display("# Title", "text/markdown");', "mime": "text/markdown"},
    ]
    code_inspect_sample = "Math.abs"
    code_clear_output = "clearOutput();"
    code_history_pattern = "6?*7"
    supported_history_operations = ("tail", "range", "search")
    completion_samples = [
        {"text": "Integer.parseU", "matches": ["parseUnsignedInt("]},
        {"text": '"text".isBl', "matches": ["isBlank()"]},
        {"text": "%lsm", "matches": ["%lsmagic"]},
    ]
    complete_code_samples = ["1 + 1", "int x = 1;", 'for (int i = 0; i < 3; i++) {\n}\n', "%lsmagic", "// comment"]
    incomplete_code_samples = ["for (;;) {", "class A {", 'String s = """\nabc', "foo("]
    invalid_code_samples = ["int x = ;)", "}{"]
