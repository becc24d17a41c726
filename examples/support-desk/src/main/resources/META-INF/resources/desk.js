// The visitor's side: respoke.js for everything that is live, the application's own resources for the rest.
(function () {
  const $ = (id) => document.getElementById(id);
  let me;
  let client;
  let call;

  async function api(path, options) {
    const answer = await fetch(`desk/api/${path}`, options);
    const body = await answer.json();
    if (!answer.ok) {
      throw new Error(body.error);
    }
    return body;
  }

  function show(line) {
    const item = document.createElement('li');
    item.textContent = line;
    item.classList.toggle('own', line.startsWith(`${me.name}: `));
    $('lines').append(item);
    item.scrollIntoView({ block: 'nearest' });
  }

  function presence(value) {
    $('presence').textContent = `The desk is ${value}`;
    $('presence').className = value;
    $('presence').hidden = false;
  }

  // A token is good for one connection, so every connection begins here.
  async function connect() {
    const { token } = await api('tokens', { method: 'POST' });
    if (client) {
      await client.connect({ token });
    } else {
      client = respoke.createClient({ baseURL: me.baseUrl, reconnect: false });
      client.listen('message', (e) => show(e.message.message));
      client.listen('disconnect', () => {
        presence('out of reach');
        setTimeout(again, 1000 + Math.random() * 4000);
      });
      await client.connect({ token, presence: 'available' });
      const desk = client.getEndpoint({ id: me.desk });
      desk.listen('presence', (e) => presence(e.presence));
    }
    $('problem').textContent = '';
    $('lines').replaceChildren();
    (await api('case')).forEach(show);
  }

  function again() {
    connect().catch((e) => {
      $('problem').textContent = e.message;
      setTimeout(again, 5000 + Math.random() * 5000);
    });
  }

  $('login').addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      me = await api('login', { method: 'POST', body: new URLSearchParams(new FormData($('login'))) });
      await connect();
      $('login').hidden = true;
      $('conversation').hidden = false;
    } catch (e) {
      $('problem').textContent = e.message;
    }
  });

  $('chat').addEventListener('submit', async (event) => {
    event.preventDefault();
    const { text } = $('chat').elements;
    try {
      await client.sendMessage({ endpointId: me.desk, message: text.value });
      show(`${me.name}: ${text.value}`);
      text.value = '';
    } catch (e) {
      $('problem').textContent = e.message;
    }
  });

  $('call').addEventListener('click', () => {
    if (call) {
      call.hangup();
      return;
    }
    $('telephone').textContent = 'Calling the desk …';
    $('call').textContent = 'Hang up';
    call = client.startAudioCall({
      endpointId: me.desk,
      enableCallDebugReport: false,
      onConnect: (e) => {
        $('telephone').textContent = 'The desk has answered';
        hear(e.stream);
      },
      onHangup: () => {
        call = undefined;
        $('telephone').textContent = 'The call is over';
        $('call').textContent = 'Call';
      },
    });
  });

  // "Answered" comes before any sound does: this says when there is some.
  function hear(stream) {
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    const samples = new Uint8Array(analyser.fftSize);
    context.createMediaStreamSource(stream).connect(analyser);
    const timer = setInterval(() => {
      analyser.getByteTimeDomainData(samples);
      const heard = samples.some((sample) => Math.abs(sample - 128) > 8);
      if (heard && call) {
        $('telephone').textContent = 'You hear the desk; say what it is about';
      }
      if (heard || !call) {
        clearInterval(timer);
        context.close();
      }
    }, 100);
  }
})();
