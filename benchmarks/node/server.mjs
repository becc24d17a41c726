// A Socket.IO server that relays messages between endpoints and groups, as the service does: each is given a header,
// brought to whom it is for, and acknowledged. It has no permissions, no limits and no storage.
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { Server } from 'socket.io';

const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false });

const header = (type, socket, rest) => ({
  type,
  from: socket.data.endpointId,
  fromConnection: socket.id,
  ...rest,
  timestamp: Date.now(),
});

io.on('connection', (socket) => {
  socket.data.endpointId = socket.handshake.auth.endpointId;
  socket.join(`endpoint ${socket.data.endpointId}`);
  socket.on('message', ({ to, message }, sent) => {
    io.to(`endpoint ${to}`).emit('message', { header: header('message', socket, { to }), message });
    sent({ message: 'success' });
  });
  socket.on('join', ({ group }, done) => {
    socket.join(`group ${group}`);
    done({ message: 'success' });
  });
  socket.on('publish', ({ group, message }, sent) => {
    socket.to(`group ${group}`).emit('pubsub', { header: header('pubsub', socket, { channel: group }), message });
    sent({ message: 'success' });
  });
});

http.listen(0, '127.0.0.1', () => console.log(`ready ${http.address().port}`));

createInterface({ input: process.stdin })
  .on('line', (line) => {
    if (line === 'memory') {
      globalThis.gc();
      globalThis.gc();
      console.log(`memory ${process.memoryUsage().rss}`);
    }
  })
  .on('close', () => process.exit(0));
