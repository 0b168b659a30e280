const std = @import("std");

pub fn main(init: std.process.Init) !void {
    const io = init.io;
    var buffer: [64 * 1024]u8 = undefined;
    var input = std.Io.File.stdin().readerStreaming(io, &buffer);
    var lines: u64 = 0;
    var words: u64 = 0;
    var bytes: u64 = 0;
    var inside = false;
    while (true) {
        const chunk = input.interface.peekGreedy(1) catch |err| switch (err) {
            error.EndOfStream => break,
            error.ReadFailed => return input.err.?,
        };
        for (chunk) |byte| {
            lines += @intFromBool(byte == '\n');
            const space = byte == ' ' or byte == '\n' or byte == '\t';
            words += @intFromBool(inside and space);
            inside = !space;
        }
        bytes += chunk.len;
        input.interface.toss(chunk.len);
    }
    words += @intFromBool(inside);
    var out: [128]u8 = undefined;
    var output = std.Io.File.stdout().writerStreaming(io, &out);
    try output.interface.print("{d} {d} {d}\n", .{ lines, words, bytes });
    try output.interface.flush();
}
